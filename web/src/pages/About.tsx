import { Prose } from '@/components/Prose';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import about from '@/i18n/en/about';

export default function About() {
  const t = useT(about);
  useTitle(t('title'));
  const sections = ([1, 2, 3] as const).map((at) => ({ title: t(`h${at}`), text: t(`p${at}`) }));
  return <Prose title={t('title')} lead={t('lead')} sections={sections} />;
}
