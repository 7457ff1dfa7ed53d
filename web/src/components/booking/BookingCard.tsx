import { Bell } from 'lucide-react';
import { Avatar } from '@/components/ui/Avatar';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import { type Side, TONES, waitsForMe } from '@/lib/booking';
import type { Booking } from '@/services/queries/bookings';
import { creatorName, date, money } from '@/utils/format';

export function BookingCard({ booking, side }: { booking: Booking; side: Side }) {
  const t = useT(bookings);
  const brand = side === 'brand';
  const name = brand ? creatorName(booking.creator) : booking.brand.company_name;
  const picture = brand ? booking.creator.profile_picture : booking.brand.logo;
  return (
    <article className="relative flex gap-4 rounded-card bg-card p-5 hover:bg-sunken">
      <Avatar name={name} src={picture} />
      <div className="min-w-0 flex-1 sm:flex sm:gap-4">
        <div className="min-w-0 flex-1 space-y-1">
          <h2 className="font-sans text-base font-bold tracking-normal">
            <Link to={`/bookings/${booking.id}`} className="stretched">
              {booking.package?.title ?? booking.campaign?.title ?? t('booking', { id: booking.id })}
            </Link>
          </h2>
          <p className="truncate text-muted">{name}</p>
          <p className="flex flex-wrap items-center gap-2 pt-1">
            <Pill tone={TONES[booking.state]}>{t(`s_${booking.state}`)}</Pill>
            {waitsForMe(booking.state, side) && (
              <span className="inline-flex items-center gap-1 text-sm font-bold text-accent">
                <Bell aria-hidden size={16} />
                {t('forYou')}
              </span>
            )}
          </p>
        </div>
        <div className="max-sm:mt-2 sm:text-end">
          <p className="font-bold tabular-nums">
            {money(brand ? booking.amount : booking.payout, booking.currency)}
          </p>
          {booking.due_at && booking.completion_date === null && (
            <p className="text-sm text-muted">{t('due', { date: date(booking.due_at) })}</p>
          )}
        </div>
      </div>
    </article>
  );
}
