import { Prose } from '@/components/Prose';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import contact from '@/i18n/en/contact';

const ADDRESS = 'hello@bantubuzz.co.zw';

export default function Contact() {
  const t = useT(contact);
  useTitle(t('title'));
  const sections = ([1, 2] as const).map((at) => ({ title: t(`h${at}`), text: t(`p${at}`) }));
  return (
    <Prose title={t('title')} lead={t('lead')} sections={sections}>
      <a
        href={`mailto:${ADDRESS}`}
        className="mt-8 inline-flex min-h-12 items-center rounded-full bg-action px-6 font-bold text-on-action"
      >
        {ADDRESS}
      </a>
    </Prose>
  );
}
