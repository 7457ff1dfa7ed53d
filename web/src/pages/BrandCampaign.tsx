import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { CAMPAIGN_TONES } from '@/components/CampaignCard';
import { Missing } from '@/components/Missing';
import { Alert } from '@/components/ui/Alert';
import { Avatar } from '@/components/ui/Avatar';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Confirm } from '@/components/ui/Confirm';
import { Dialog } from '@/components/ui/Dialog';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useErrors } from '@/hooks/useErrors';
import { useName } from '@/hooks/useName';
import { useParams } from '@/hooks/useParams';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import campaigns from '@/i18n/en/campaigns';
import { come } from '@/lib/code';
import { navigate } from '@/lib/router';
import { ApiError } from '@/services/api';
import { decide, deleteCampaign, updateCampaign } from '@/services/mutations/campaigns';
import {
  type Application,
  applicationsQuery,
  type Campaign,
  type CampaignPackage,
  type CampaignStatus,
  campaignQuery,
} from '@/services/queries/campaigns';
import { creatorName, date, money } from '@/utils/format';

const Packages = lazy(() => come(() => import('@/components/campaign/Packages')));

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
  const say = useErrors();
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function ask(what: string, call: () => Promise<unknown>) {
    setBusy(what);
    setRefusal(null);
    try {
      await call();
      return true;
    } catch (reason) {
      setRefusal(say(reason));
      return false;
    } finally {
      setBusy(null);
    }
  }
  return { busy, refusal, ask };
}

function One({ campaign, application }: { campaign: Campaign; application: Application }) {
  const t = useT(campaigns);
  const { busy, refusal, ask } = useAsk();
  const [sure, setSure] = useState(false);
  const [no, setNo] = useState(false);
  const { creator, status } = application;
  const price = money(application.proposed_price, application.currency);
  const tell = (word: 'accepted' | 'rejected') =>
    ask(word, () => decide(campaign.id, application.id, word)).then((done) => {
      if (!done) return;
      setSure(false);
      setNo(false);
    });
  return (
    <li className="flex flex-col gap-4 rounded-card bg-card p-6">
      <div className="grid grid-cols-[auto_1fr] items-start gap-x-4 gap-y-2 sm:grid-cols-[auto_1fr_auto]">
        <Avatar name={creatorName(creator)} src={creator.profile_picture} />
        <div className="min-w-0">
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
        <p className="max-sm:col-start-2">
          <Pill tone={APPLIED[status]}>{t(`a_${status}`)}</Pill>
        </p>
      </div>
      {application.application_message && (
        <p className="whitespace-pre-line">{application.application_message}</p>
      )}
      <ul className="list-disc ps-6">
        {application.deliverables.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {status === 'pending' && (
        <div className="flex flex-wrap gap-3">
          <Button onClick={() => setSure(true)}>{t('accept')}</Button>
          <Button look="danger" onClick={() => setNo(true)}>
            {t('decline')}
          </Button>
        </div>
      )}
      {status === 'accepted' && application.booking_id && (
        <ButtonLink to={`/bookings/${application.booking_id}`} className="self-start">
          {t('toBooking')}
        </ButtonLink>
      )}
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
      <Confirm
        open={no}
        onClose={() => setNo(false)}
        title={t('decline')}
        text={t('declineText')}
        yes={t('decline')}
        no={t('keep')}
        refusal={refusal}
        onYes={() => tell('rejected')}
      />
    </li>
  );
}

function Inbox({ campaign }: { campaign: Campaign }) {
  const t = useT(campaigns);
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

const FINAL = ['complete', 'callOff'] as const;
type Final = (typeof FINAL)[number] | 'remove';
const isFinal = (word: string): word is Final => (FINAL as readonly string[]).includes(word);

function Details({ campaign, packages }: { campaign: Campaign; packages: CampaignPackage[] }) {
  const t = useT(campaigns);
  const named = useName();
  const { busy, refusal, ask } = useAsk();
  // What cannot be taken back is asked about first.
  const [final, setFinal] = useState<Final | null>(null);

  async function end(word: Final) {
    const done = await ask(word, () =>
      word === 'remove'
        ? deleteCampaign(campaign.id)
        : updateCampaign(campaign.id, { status: word === 'complete' ? 'completed' : 'cancelled' }),
    );
    if (!done) return;
    setFinal(null);
    if (word === 'remove') navigate('/brand/campaigns', { replace: true });
  }

  return (
    <div className="space-y-8">
      <section className="space-y-4 rounded-card bg-card p-6 md:p-8">
        <p className="flex flex-wrap items-center gap-3">
          <Pill tone={CAMPAIGN_TONES[campaign.status]}>{t(campaign.status)}</Pill>
          <Pill>{named(campaign.category)}</Pill>
        </p>
        <p className="font-display text-3xl tabular-nums">{money(campaign.budget, campaign.currency)}</p>
        <p className="text-muted">
          {t('from', { from: date(campaign.start_date), until: date(campaign.end_date) })}
        </p>
        <p className="max-w-prose whitespace-pre-line">{campaign.description}</p>
        {campaign.objectives && <p className="max-w-prose whitespace-pre-line">{campaign.objectives}</p>}
        {!final && <Alert>{refusal}</Alert>}
        <div className="grid gap-3 sm:flex sm:flex-wrap">
          {MOVES[campaign.status].map(([word, status]) => (
            <Button
              key={word}
              look={word === 'callOff' ? 'danger' : word === 'open' ? 'main' : 'second'}
              busy={busy === word}
              onClick={() =>
                isFinal(word) ? setFinal(word) : void ask(word, () => updateCampaign(campaign.id, { status }))
              }
            >
              {t(word)}
            </Button>
          ))}
          <ButtonLink to={`/brand/campaigns/${campaign.id}/edit`} look="second">
            {t('edit')}
          </ButtonLink>
          <Button look="danger" onClick={() => setFinal('remove')}>
            {t('remove')}
          </Button>
        </div>
      </section>
      {final && (
        <Confirm
          open
          onClose={() => setFinal(null)}
          title={t(final)}
          text={t(`${final}Text`)}
          yes={t(final)}
          no={t('keep')}
          refusal={refusal}
          onYes={() => end(final)}
        />
      )}
      <Suspense fallback={<Skeleton className="h-40" />}>
        <Packages campaign={campaign} packages={packages} />
      </Suspense>
      <Inbox campaign={campaign} />
    </div>
  );
}

export default function BrandCampaign() {
  const t = useT(campaigns);
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...campaignQuery(id), enabled: valid });
  useTitle(data?.title ?? t('title'));
  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  return (
    <div className="wrap max-w-4xl py-8 md:py-14">
      <h1 className="mb-6 text-4xl">{data?.title ?? t('title')}</h1>
      {data ? (
        <Details campaign={data} packages={data.packages} />
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
