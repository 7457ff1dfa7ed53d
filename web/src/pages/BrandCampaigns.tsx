import { useInfiniteQuery } from '@tanstack/react-query';
import { Megaphone } from 'lucide-react';
import { CampaignCard } from '@/components/CampaignCard';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { Tabs } from '@/components/ui/Tabs';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import campaigns from '@/i18n/en/campaigns';
import ui from '@/i18n/en/ui';
import { useSearchParams } from '@/lib/router';
import { ownCampaignsQuery } from '@/services/queries/campaigns';

const TABS = ['all', 'active', 'draft', 'paused', 'completed'] as const;
type Tab = (typeof TABS)[number];

function List({ tab, onAll }: { tab: Tab; onAll: () => void }) {
  const t = useT(campaigns);
  const u = useT(ui);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    ownCampaignsQuery(tab === 'all' ? '' : tab),
  );
  if (!data)
    return error ? (
      <Failed error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading>
        <Skeleton className="h-48" />
      </Loading>
    );
  const rows = data.pages.flatMap((page) => page.campaigns);
  if (rows.length === 0)
    return tab === 'all' ? (
      <Empty icon={<Megaphone aria-hidden size={28} />} title={t('emptyTitle')} text={t('emptyText')}>
        <ButtonLink to="/brand/campaigns/new">{t('new')}</ButtonLink>
      </Empty>
    ) : (
      <Empty title={t('emptyFilter')}>
        <Button look="second" onClick={onAll}>
          {t('showAll')}
        </Button>
      </Empty>
    );
  return (
    <>
      <h2 className="sr-only">{t(tab)}</h2>
      <div className="grid gap-4 md:grid-cols-3">
        {rows.map((campaign) => (
          <CampaignCard key={campaign.id} campaign={campaign} />
        ))}
      </div>
      {hasNextPage && (
        <Button
          look="second"
          wide
          className="mt-4"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {u('showMore')}
        </Button>
      )}
    </>
  );
}

export default function BrandCampaigns() {
  const t = useT(campaigns);
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((one) => one === params.get('show')) ?? 'all';
  useTitle(t('title'));
  const show = (key: Tab) => setParams(key === 'all' ? {} : { show: key }, { replace: true });
  return (
    <div className="wrap py-8 md:py-14">
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-4xl">{t('title')}</h1>
        <ButtonLink to="/brand/campaigns/new">{t('new')}</ButtonLink>
      </div>
      <Tabs
        label={t('filter')}
        current={tab}
        onChange={show}
        tabs={TABS.map((key) => ({ key, label: t(key) }))}
      >
        <List key={tab} tab={tab} onAll={() => show('all')} />
      </Tabs>
    </div>
  );
}
