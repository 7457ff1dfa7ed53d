// What the profiles of creators and brands are changed by alike.
import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { Send } from '@/components/picture/Send';
import { Alert } from '@/components/ui/Alert';
import { Avatar } from '@/components/ui/Avatar';
import { Button } from '@/components/ui/Button';
import { Field } from '@/components/ui/Field';
import { Section } from '@/components/ui/Section';
import { toast } from '@/components/ui/Toast';
import { refreshAccount } from '@/hooks/useAuth';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import myself from '@/i18n/en/myself';
import { NETWORK_NAMES } from '@/lib/profiles';
import type { Progress } from '@/services/upload';

interface PageProps {
  lead: string;
  // Beside the heading.
  way?: ReactNode;
  children: ReactNode;
}

export function ProfilePage({ lead, way, children }: PageProps) {
  const t = useT(myself);
  useTitle(t('title'));
  return (
    <div className="wrap max-w-3xl space-y-5 py-8 md:py-12">
      <div>
        <h1 className="text-4xl md:text-5xl">{t('title')}</h1>
        <p className="mt-2 text-lg text-muted">{lead}</p>
        {way}
      </div>
      {children}
    </div>
  );
}

interface PortraitProps {
  title: string;
  name: string;
  src: string | null;
  label: string;
  done: string;
  send: (picture: Blob, onProgress: Progress) => Promise<void>;
}

export function Portrait({ title, name, src, label, done, send }: PortraitProps) {
  return (
    <Section title={title}>
      <div className="flex flex-wrap items-center gap-5">
        <Avatar name={name} src={src} size="lg" eager />
        <Send
          label={label}
          shapes={['square']}
          send={async (picture, onProgress) => {
            await send(picture, onProgress);
            toast(done);
            await refreshAccount();
          }}
        />
      </div>
    </Section>
  );
}

type Network = keyof typeof NETWORK_NAMES;

interface NetworksProps<N extends Network> {
  names: readonly N[];
  input: (name: `social_links.${NoInfer<N>}`) => UseFormRegisterReturn & { error: string | undefined };
}

// An input for each place where people are found.
export function Networks<N extends Network>({ names, input }: NetworksProps<N>) {
  const t = useT(myself);
  return (
    <div className="mt-3 grid gap-4 sm:grid-cols-2">
      {names.map((name) => (
        <Field
          key={name}
          label={NETWORK_NAMES[name] ?? t('website')}
          inputMode="url"
          autoCapitalize="none"
          {...input(`social_links.${name}`)}
        />
      ))}
    </div>
  );
}

// Always in sight, however long the form is.
export function Save({ refusal, busy }: { refusal: string | null; busy: boolean }) {
  const t = useT(myself);
  return (
    <div className="sticky bottom-14 z-30 -mx-4 space-y-3 bg-sand px-4 py-3 md:bottom-0 md:mx-0 md:px-0">
      <Alert>{refusal}</Alert>
      <Button type="submit" busy={busy} wide className="sm:w-auto">
        {t('save')}
      </Button>
    </div>
  );
}
