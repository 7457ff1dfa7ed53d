import { useQuery } from '@tanstack/react-query';
import { Check, Clock } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Deeds } from '@/components/booking/Deeds';
import { PriceLines } from '@/components/booking/PriceLines';
import { Summary } from '@/components/booking/Summary';
import { Missing } from '@/components/Missing';
import { ButtonLink } from '@/components/ui/Button';
import { Pill } from '@/components/ui/Pill';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useAuth } from '@/hooks/useAuth';
import { useParams } from '@/hooks/useParams';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import { factsOf, isTold, type Side, STEPS, stepOf, TONES, type View, viewOf } from '@/lib/booking';
import { come } from '@/lib/code';
import { ApiError } from '@/services/api';
import {
  type Booking,
  bookingQuery,
  type Timeline,
  timelineQuery,
  type Work,
  workQuery,
} from '@/services/queries/bookings';
import { classes } from '@/utils/classes';
import { creatorName, dateTime, money } from '@/utils/format';

// They come when a booking is so far.
const Pieces = lazy(() => come(() => import('@/components/booking/Pieces')));
const Reviews = lazy(() => come(() => import('@/components/booking/Reviews')));
const ReviewForm = lazy(() => come(() => import('@/components/booking/ReviewForm')));

function Steps({ booking }: { booking: Booking }) {
  const t = useT(bookings);
  const at = stepOf(booking.state);
  if (at === null) return null;
  return (
    <ol
      aria-label={t('steps')}
      className="grid grid-cols-2 gap-2 text-sm min-[26rem]:grid-cols-[repeat(4,auto)]"
    >
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={index === at ? 'step' : undefined}
          className={classes(
            'border-t-4 pt-2',
            index <= at ? 'border-accent font-bold' : 'border-sunken text-muted',
          )}
        >
          <span className="flex flex-wrap items-center gap-1">
            {index <= at && <Check aria-hidden size={16} className="hidden text-accent md:block" />}
            {t(step === 'completed' ? 'done' : step)}
            {index <= at && <span className="sr-only">, {t('stepDone')}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Head(props: { booking: Booking; side: Side; view: View; timeline?: Timeline; work?: Work }) {
  const { booking, side, view, timeline, work } = props;
  const t = useT(bookings);
  const clock = timeline?.clock;
  const late = clock?.act === 'late' && clock.at !== null && Date.parse(clock.at) < Date.now();
  const asked = booking.state === 'cancel_asked' ? work?.cancellation_request : null;
  return (
    <section className="space-y-5 rounded-card bg-card p-6 md:p-8">
      <div className="space-y-3">
        <Pill tone={TONES[booking.state]}>{t(`s_${booking.state}`)}</Pill>
        <h2 className="text-3xl">{t(`${booking.state}_${side}`)}</h2>
        {view.next !== 'nobody' && (
          <p className={view.next === side ? 'font-bold' : 'text-muted'}>
            {t(view.next === side ? 'next_me' : `next_${view.next}`)}
          </p>
        )}
        {clock?.at && (
          <p className={classes('flex items-center gap-2', late && 'font-bold text-danger')}>
            <Clock aria-hidden size={20} className="shrink-0" />
            {t(late ? 'clock_lateNow' : `clock_${clock.act}`, { time: dateTime(clock.at) })}
          </p>
        )}
        {side === 'brand' && booking.payment_status === 'refunded' && <p>{t('moneyBack')}</p>}
        {asked && (
          <div className="rounded-photo bg-sunken p-4">
            {asked.reason && <p>{t('cancelWhy', { reason: asked.reason })}</p>}
            <p className="mt-1">
              {t('cancelShare', {
                share: money(asked.creator_share, booking.currency),
                amount: money(booking.amount, booking.currency),
              })}
            </p>
          </div>
        )}
      </div>
      <Steps booking={booking} />
      <Deeds booking={booking} side={side} view={view} />
    </section>
  );
}

function Happened({ timeline }: { timeline: Timeline }) {
  const t = useT(bookings);
  const entries = timeline.entries.filter(({ act }) => isTold(act)).reverse();
  return (
    <section className="rounded-card bg-card p-6 md:p-8">
      <h2 className="text-2xl">{t('timeline')}</h2>
      <ol className="mt-4 space-y-4 border-s-4 border-sunken ps-4">
        {entries.map(({ act, at, note }) => (
          <li key={`${act} ${at}`}>
            <p className="font-bold">{isTold(act) && t(`t_${act}`)}</p>
            {note && <p className="whitespace-pre-line">{note}</p>}
            <time dateTime={at} className="text-sm text-muted">
              {dateTime(at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Details({ booking, side }: { booking: Booking; side: Side }) {
  const t = useT(bookings);
  const told = useQuery(timelineQuery(booking.id));
  const done = useQuery({ ...workQuery(booking.id), enabled: booking.due_at !== null });
  const { data: timeline } = told;
  const { data: work } = done;
  const view = viewOf(booking.state, side, factsOf(booking, timeline, work, Date.now()));
  const other = side === 'brand' ? booking.creator.user.id : booking.brand.user.id;
  return (
    <div className="mt-6 grid items-start gap-5 md:grid-cols-[1fr_22rem] md:gap-8">
      <div className="space-y-5">
        <Head booking={booking} side={side} view={view} timeline={timeline} work={work} />
        {view.deeds.includes('review') && (
          <Suspense fallback={<Skeleton className="h-64" />}>
            <ReviewForm id={booking.id} side={side} />
          </Suspense>
        )}
        {timeline && timeline.review_ids.length > 0 && (
          <Suspense fallback={<Skeleton className="h-40" />}>
            <Reviews ids={timeline.review_ids} />
          </Suspense>
        )}
        {work ? (
          <Suspense fallback={<Skeleton className="h-64" />}>
            <Pieces work={work} side={side} />
          </Suspense>
        ) : (
          done.error && (
            <Failed small error={done.error} onRetry={() => void done.refetch()} title={t('workFailed')} />
          )
        )}
        {timeline ? (
          <Happened timeline={timeline} />
        ) : (
          told.error && (
            <Failed
              small
              error={told.error}
              onRetry={() => void told.refetch()}
              title={t('timelineFailed')}
            />
          )
        )}
      </div>
      <aside className="space-y-5">
        <section aria-label={t('money')} className="space-y-5 rounded-card bg-card p-6">
          {side === 'brand' ? (
            <Summary
              title={creatorName(booking.creator)}
              name={booking.package?.title ?? booking.campaign?.title ?? ''}
              person={creatorName(booking.creator)}
              picture={booking.creator.profile_picture}
            />
          ) : (
            <Summary
              title={booking.brand.company_name}
              name={booking.package?.title ?? booking.campaign?.title ?? ''}
              person={booking.brand.company_name}
              picture={booking.brand.logo}
            />
          )}
          <PriceLines
            price={booking.amount}
            fee={booking.fee}
            payout={booking.payout}
            total={booking.amount}
            currency={booking.currency}
          />
          <div className="grid gap-3 sm:flex sm:flex-wrap">
            {side === 'brand' && booking.due_at && (
              <ButtonLink to={`/bookings/${booking.id}/receipt`} look="second">
                {t('receipt')}
              </ButtonLink>
            )}
            <ButtonLink to={`/messages/${other}`} look="second">
              {t('message')}
            </ButtonLink>
          </div>
        </section>
        {booking.notes && (
          <section className="rounded-card bg-card p-6">
            <h2 className="text-xl">{t('brief')}</h2>
            <p className="mt-2 whitespace-pre-line">{booking.notes}</p>
          </section>
        )}
      </aside>
    </div>
  );
}

export default function BookingDetails() {
  const t = useT(bookings);
  const { role } = useAuth();
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...bookingQuery(id), enabled: valid });
  const title = data?.package?.title ?? data?.campaign?.title ?? t('booking', { id });
  useTitle(title);

  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  return (
    <div className="wrap max-w-5xl py-8 md:py-14">
      <h1 className="text-4xl">{title}</h1>
      <p className="mt-1 text-muted">{t('booking', { id })}</p>
      {data ? (
        <Details booking={data} side={role === 'creator' ? 'creator' : 'brand'} />
      ) : error ? (
        <div className="mt-6">
          <Failed error={error} onRetry={() => void refetch()} />
        </div>
      ) : (
        <Loading>
          <div className="mt-6 grid gap-5 md:grid-cols-[1fr_22rem] md:gap-8">
            <Skeleton className="h-72" />
            <Skeleton className="h-64" />
          </div>
        </Loading>
      )}
    </div>
  );
}
