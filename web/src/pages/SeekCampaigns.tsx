import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CalendarDays, CircleCheck, Megaphone, Send, Users } from 'lucide-react';
import { ApplicationPill } from '@/components/ApplicationPill';
import { Avatar } from '@/components/ui/Avatar';
import { Button } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { Select } from '@/components/ui/Select';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { Tabs } from '@/components/ui/Tabs';
import { useName } from '@/hooks/useName';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import seek from '@/i18n/en/seek';
import ui from '@/i18n/en/ui';
import { useSearchParams } from '@/lib/router';
import { categoriesQuery } from '@/services/queries/categories';
import {
  type Application,
  applicationsQuery,
  type OpenCampaign,
  openCampaignsQuery,
} from '@/services/queries/creator';
import { date, money } from '@/utils/format';

const STATUSES = ['pending', 'accepted', 'rejected'] as const;
type Tab = 'open' | 'mine';

function Lines() {
  return (
    <Loading>
      <div className="space-y-3">
        <Skeleton className="h-40" />
        <Skeleton className="h-40" />
        <Skeleton className="h-40" />
      </div>
    </Loading>
  );
}

function CampaignCard({ campaign }: { campaign: OpenCampaign }) {
  const t = useT(seek);
  const named = useName();
  return (
    <article className="relative space-y-3 rounded-card bg-card p-5 hover:bg-sunken">
      <div className="flex flex-wrap items-center gap-3">
        <Avatar name={campaign.brand.company_name} src={campaign.brand.logo} size="sm" />
        <p className="min-w-0 flex-1 basis-32 truncate text-muted">{campaign.brand.company_name}</p>
        {campaign.has_applied && (
          <Pill tone="good" icon={<CircleCheck aria-hidden size={16} />}>
            {t('applied')}
          </Pill>
        )}
      </div>
      <h2 className="text-xl">
        <Link to={`/creator/campaigns/${campaign.id}`} className="stretched">
          {campaign.title}
        </Link>
      </h2>
      <p className="line-clamp-2 text-muted">{campaign.description}</p>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <Pill>{named(campaign.category)}</Pill>
        <span className="flex items-center gap-1.5">
          <CalendarDays aria-hidden size={16} className="text-accent" />
          {t('until', { date: date(campaign.end_date) })}
        </span>
        <span className="flex items-center gap-1.5">
          <Users aria-hidden size={16} className="text-accent" />
          {t('applicants', { count: campaign.applicants_count })}
        </span>
      </p>
      <p className="font-display text-xl tabular-nums">
        {t('budget', { amount: money(campaign.budget, campaign.currency, false) })}
      </p>
    </article>
  );
}

interface ListProps {
  value: string;
  onChange: (value: string) => void;
}

function Open({ value, onChange }: ListProps) {
  const t = useT(seek);
  const u = useT(ui);
  const named = useName();
  const categories = useQuery(categoriesQuery());
  const list = useInfiniteQuery(openCampaignsQuery(value));
  const campaigns = list.data?.pages.flatMap((page) => page.campaigns);
  const names = categories.data?.campaign ?? (value ? [value] : []);
  return (
    <div className="space-y-5">
      <Select
        label={t('category')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        options={[
          { value: '', label: t('anyCategory') },
          ...names.map((name) => ({ value: name, label: named(name) })),
        ]}
      />
      {!campaigns ? (
        list.error ? (
          <Failed error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <Lines />
        )
      ) : campaigns.length === 0 ? (
        value ? (
          <Empty title={t('noneFound')} text={value}>
            <Button look="second" onClick={() => onChange('')}>
              {t('clear')}
            </Button>
          </Empty>
        ) : (
          <Empty icon={<Megaphone aria-hidden size={28} />} title={t('none')} text={t('noneText')} />
        )
      ) : (
        <div className="space-y-3">
          {campaigns.map((campaign) => (
            <CampaignCard key={campaign.id} campaign={campaign} />
          ))}
          {list.hasNextPage && (
            <Button
              look="second"
              wide
              busy={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {u('showMore')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function ApplicationCard({ application }: { application: Application }) {
  const t = useT(seek);
  const { campaign } = application;
  return (
    <article className="relative space-y-2 rounded-card bg-card p-5 hover:bg-sunken">
      <div className="flex flex-wrap items-center gap-3">
        <Avatar name={campaign.brand.company_name} src={campaign.brand.logo} size="sm" />
        <p className="min-w-0 flex-1 basis-32 truncate text-muted">{campaign.brand.company_name}</p>
        <ApplicationPill status={application.status} />
      </div>
      <h2 className="text-xl">
        <Link to={`/creator/campaigns/${campaign.id}`} className="stretched">
          {campaign.title}
        </Link>
      </h2>
      <p className="flex flex-wrap gap-x-4 text-sm tabular-nums">
        <span className="font-bold">
          {t('yourPrice', { amount: money(application.proposed_price, application.currency) })}
        </span>
        <span className="text-muted">{t('sent', { date: date(application.applied_at) })}</span>
      </p>
    </article>
  );
}

function Mine({ value, onChange, onOpen }: ListProps & { onOpen: () => void }) {
  const t = useT(seek);
  const u = useT(ui);
  const list = useInfiniteQuery(applicationsQuery(value));
  const applications = list.data?.pages.flatMap((page) => page.applications);
  return (
    <div className="space-y-5">
      <Select
        label={t('status')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        options={[
          { value: '', label: t('anyStatus') },
          ...STATUSES.map((status) => ({ value: status, label: t(status) })),
        ]}
      />
      {!applications ? (
        list.error ? (
          <Failed error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <Lines />
        )
      ) : applications.length === 0 ? (
        value ? (
          <Empty title={t('noneAnswered')}>
            <Button look="second" onClick={() => onChange('')}>
              {t('clear')}
            </Button>
          </Empty>
        ) : (
          <Empty icon={<Send aria-hidden size={28} />} title={t('noneMine')} text={t('noneMineText')}>
            <Button onClick={onOpen}>{t('look')}</Button>
          </Empty>
        )
      ) : (
        <div className="space-y-3">
          {applications.map((application) => (
            <ApplicationCard key={application.id} application={application} />
          ))}
          {list.hasNextPage && (
            <Button
              look="second"
              wide
              busy={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {u('showMore')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

export default function SeekCampaigns() {
  const t = useT(seek);
  const [params, setParams] = useSearchParams();
  const tab: Tab = params.get('show') === 'mine' ? 'mine' : 'open';
  useTitle(t('title'));
  const show = (key: Tab) => setParams(key === 'open' ? {} : { show: key }, { replace: true });
  return (
    <div className="wrap max-w-4xl py-8 md:py-12">
      <h1 className="text-4xl md:text-5xl">{t('title')}</h1>
      <p className="mt-2 mb-6 text-lg text-muted">{t('lead')}</p>
      <Tabs
        label={t('tabs')}
        current={tab}
        onChange={show}
        tabs={[
          { key: 'open', label: t('open') },
          { key: 'mine', label: t('mine') },
        ]}
      >
        {tab === 'open' ? (
          <Open
            value={params.get('category') ?? ''}
            onChange={(category) => setParams(category ? { category } : {}, { replace: true })}
          />
        ) : (
          <Mine
            value={params.get('status') ?? ''}
            onChange={(status) =>
              setParams({ show: 'mine', ...(status ? { status } : {}) }, { replace: true })
            }
            onOpen={() => show('open')}
          />
        )}
      </Tabs>
    </div>
  );
}
