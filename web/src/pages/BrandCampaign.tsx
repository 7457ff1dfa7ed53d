import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CAMPAIGN_TONES } from '@/components/CampaignCard';
import { Missing } from '@/components/Missing';
import { Alert } from '@/components/ui/Alert';
import { Avatar } from '@/components/ui/Avatar';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useErrors } from '@/hooks/useErrors';
import { useParams } from '@/hooks/useParams';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import campaigns from '@/i18n/en/campaigns';
import { ApiError } from '@/services/api';
import { decide, updateCampaign } from '@/services/mutations/campaigns';
import {
  type Application,
  applicationsQuery,
  type Campaign,
  type CampaignStatus,
  campaignQuery,
} from '@/services/queries/campaigns';
import { creatorName, date, money } from '@/utils/format';

// Where a campaign may go from where it is.
const MOVES: Record<
  CampaignStatus,
  readonly (readonly ['open' | 'pause' | 'complete' | 'callOff', CampaignStatus])[]
> = {
  draft: [['open', 'active']],
  active: [
    ['pause', 'paused'],
    ['complete', 'completed'],
    ['callOff', 'cancelled'],
  ],
  paused: [
    ['open', 'active'],
    ['complete', 'completed'],
    ['callOff', 'cancelled'],
  ],
  completed: [],
  cancelled: [],
};
const APPLIED = { pending: 'glow', accepted: 'good', rejected: 'plain' } as const;

// What is asked of the server, once at a time, and why it said no.
function useAsk() {
  const errors = useErrors();
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function ask(what: string, call: () => Promise<unknown>) {
    setBusy(what);
    setRefusal(null);
    try {
      await call();
      return true;
    } catch (reason) {
      setRefusal(errors.thrown(reason));
      return false;
    } finally {
      setBusy(null);
    }
  }
  return { busy, refusal, ask };
}

function One({ campaign, application }: { campaign: Campaign; application: Application }) {
  const t = useT('campaigns', campaigns);
  const { busy, refusal, ask } = useAsk();
  const [sure, setSure] = useState(false);
  const { creator, status } = application;
  const price = money(application.proposed_price, application.currency);
  const tell = (word: 'accepted' | 'rejected') =>
    ask(word, () => decide(campaign.id, application.id, word)).then((done) => {
      if (done) setSure(false);
    });
  return (
    <li className="space-y-4 rounded-card bg-card p-6">
      <div className="flex items-start gap-4">
        <Avatar name={creatorName(creator)} src={creator.profile_picture} />
        <div className="min-w-0 flex-1">
          <h3 className="text-xl">
            <Link to={`/creators/${creator.id}`} className="underline underline-offset-4">
              {creatorName(creator)}
            </Link>
          </h3>
          <p className="font-bold tabular-nums">
            {t('asks', { price })}
            {application.duration_days && `, ${t('inDays', { count: application.duration_days })}`}
          </p>
        </div>
        <Pill tone={APPLIED[status]}>{t(`a_${status}`)}</Pill>
      </div>
      {application.application_message && (
        <p className="whitespace-pre-line">{application.application_message}</p>
      )}
      <ul className="list-disc ps-6">
        {application.deliverables.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {!sure && <Alert>{refusal}</Alert>}
      <div className="flex flex-wrap gap-3">
        {status === 'pending' && (
          <>
            <Button onClick={() => setSure(true)}>{t('accept')}</Button>
            <Button look="danger" busy={busy === 'rejected'} onClick={() => void tell('rejected')}>
              {t('decline')}
            </Button>
          </>
        )}
        {status === 'accepted' && application.booking_id && (
          <ButtonLink to={`/bookings/${application.booking_id}`}>{t('toBooking')}</ButtonLink>
        )}
      </div>
      {sure && (
        <Dialog
          open
          onClose={() => setSure(false)}
          title={t('accept')}
          foot={
            <>
              <Button busy={busy === 'accepted'} onClick={() => void tell('accepted')}>
                {t('accept')}
              </Button>
              <Button look="second" onClick={() => setSure(false)}>
                {t('keep')}
              </Button>
            </>
          }
        >
          <Alert>{refusal}</Alert>
          <p>{t('acceptText', { price })}</p>
        </Dialog>
      )}
    </li>
  );
}

function Inbox({ campaign }: { campaign: Campaign }) {
  const t = useT('campaigns', campaigns);
  const { data, error, refetch } = useQuery(applicationsQuery(campaign.id));
  return (
    <section>
      <h2 className="mb-4 text-2xl">{t('applications')}</h2>
      {data ? (
        data.applications.length === 0 ? (
          <Empty
            title={t('noApplications')}
            text={campaign.status === 'draft' ? t('noApplicationsDraft') : undefined}
          />
        ) : (
          <ul className="space-y-4">
            {data.applications.map((application) => (
              <One key={application.id} campaign={campaign} application={application} />
            ))}
          </ul>
        )
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-48" />
        </Loading>
      )}
    </section>
  );
}

function Details({ campaign }: { campaign: Campaign }) {
  const t = useT('campaigns', campaigns);
  const { busy, refusal, ask } = useAsk();
  return (
    <div className="space-y-8">
      <section className="space-y-4 rounded-card bg-card p-6 md:p-8">
        <p className="flex flex-wrap items-center gap-3">
          <Pill tone={CAMPAIGN_TONES[campaign.status]}>{t(campaign.status)}</Pill>
          <Pill>{campaign.category}</Pill>
        </p>
        <p className="font-display text-3xl tabular-nums">{money(campaign.budget, campaign.currency)}</p>
        <p className="text-muted">
          {t('from', { from: date(campaign.start_date), until: date(campaign.end_date) })}
        </p>
        <p className="max-w-prose whitespace-pre-line">{campaign.description}</p>
        {campaign.objectives && <p className="max-w-prose whitespace-pre-line">{campaign.objectives}</p>}
        <Alert>{refusal}</Alert>
        <div className="flex flex-wrap gap-3">
          {MOVES[campaign.status].map(([word, status]) => (
            <Button
              key={word}
              look={word === 'callOff' ? 'danger' : word === 'open' ? 'main' : 'second'}
              busy={busy === word}
              onClick={() => void ask(word, () => updateCampaign(campaign.id, { status }))}
            >
              {t(word)}
            </Button>
          ))}
          <ButtonLink to={`/brand/campaigns/${campaign.id}/edit`} look="second">
            {t('edit')}
          </ButtonLink>
        </div>
      </section>
      <Inbox campaign={campaign} />
    </div>
  );
}

export default function BrandCampaign() {
  const t = useT('campaigns', campaigns);
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...campaignQuery(id), enabled: valid });
  useTitle(data?.title ?? t('title'));
  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  return (
    <div className="wrap max-w-4xl py-8 md:py-14">
      <h1 className="mb-6 text-4xl">{data?.title ?? t('title')}</h1>
      {data ? (
        <Details campaign={data} />
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-72" />
        </Loading>
      )}
    </div>
  );
}
