import { MessageCircle } from 'lucide-react';
import { Conversations } from '@/components/chat/Conversations';
import { Thread } from '@/components/chat/Thread';
import { Empty } from '@/components/ui/State';
import { useAuth } from '@/hooks/useAuth';
import { useParams } from '@/hooks/useParams';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import chat from '@/i18n/en/chat';
import { Navigate, useSearchParams } from '@/lib/router';
import NotFound from '@/pages/NotFound';
import { classes } from '@/utils/classes';

function List({ current }: { current: number | null }) {
  const t = useT(chat);
  // A thread has a heading of its own.
  const Heading = current === null ? 'h1' : 'h2';
  return (
    <section
      aria-label={t('people')}
      className={classes(
        'h-full overflow-y-auto p-2 md:block md:w-88 md:shrink-0 md:border-e-2 md:border-sunken',
        current !== null && 'hidden',
      )}
    >
      <Heading className="p-3 text-3xl">{t('title')}</Heading>
      <Conversations current={current} />
    </section>
  );
}

function All() {
  const t = useT(chat);
  useTitle(t('title'));
  return (
    <div className="mx-auto h-full max-w-6xl md:flex">
      <List current={null} />
      <div className="hidden flex-1 place-items-center p-6 md:grid">
        <Empty title={t('pickTitle')} text={t('pickText')} icon={<MessageCircle aria-hidden size={28} />} />
      </div>
    </div>
  );
}

export default function Messages() {
  const { userId } = useParams();
  const [params] = useSearchParams();
  const { userId: me } = useAuth();
  // As notifications and letters have it.
  const asked = params.get('user_id');
  if (!userId && asked) return <Navigate to={`/messages/${encodeURIComponent(asked)}`} />;
  if (!userId || me === null) return <All />;
  const otherId = Number(userId);
  if (!/^\d+$/.test(userId) || !Number.isSafeInteger(otherId) || otherId === me) return <NotFound />;
  return (
    <div className="mx-auto h-full max-w-6xl md:flex">
      <List current={otherId} />
      <div className="h-full min-w-0 flex-1">
        <Thread key={otherId} me={me} otherId={otherId} />
      </div>
    </div>
  );
}
