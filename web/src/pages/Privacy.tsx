import { Prose } from '@/components/Prose';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import privacy from '@/i18n/en/privacy';

export default function Privacy() {
  const t = useT(privacy);
  useTitle(t('title'));
  const sections = ([1, 2, 3, 4, 5, 6] as const).map((at) => ({ title: t(`h${at}`), text: t(`p${at}`) }));
  return <Prose title={t('title')} lead={t('lead')} sections={sections} />;
}
