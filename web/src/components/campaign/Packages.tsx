import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Avatar } from '@/components/ui/Avatar';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Confirm } from '@/components/ui/Confirm';
import { Link } from '@/components/ui/Link';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import campaigns from '@/i18n/en/campaigns';
import { come } from '@/lib/code';
import { removePackage } from '@/services/mutations/campaigns';
import type { Campaign, CampaignPackage } from '@/services/queries/campaigns';
import { creatorName, money } from '@/utils/format';

const Pick = lazy(() => come(() => import('./PickPackage')));

// What the brand itself put into its campaign; each has a booking.
export default function Packages({
  campaign,
  packages,
}: {
  campaign: Campaign;
  packages: CampaignPackage[];
}) {
  const t = useT(campaigns);
  const say = useErrors();
  const [picks, setPicks] = useState(false);
  const [going, setGoing] = useState<CampaignPackage | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const over = campaign.status === 'completed' || campaign.status === 'cancelled';

  async function remove() {
    setRefusal(null);
    try {
      if (going) await removePackage(campaign.id, going.id);
      setGoing(null);
    } catch (reason) {
      setRefusal(say(reason));
    }
  }

  return (
    <section>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-2xl">{t('packages')}</h2>
        {!over && (
          <Button look="second" onClick={() => setPicks(true)}>
            <Plus aria-hidden size={20} />
            {t('addPackage')}
          </Button>
        )}
      </div>
      {packages.length === 0 ? (
        <p className="rounded-card bg-card p-6 text-muted">{t('noPackages')}</p>
      ) : (
        <ul className="space-y-3">
          {packages.map((item) => (
            <li key={item.id} className="flex flex-wrap items-center gap-4 rounded-card bg-card p-5">
              <Avatar name={creatorName(item.creator)} src={item.creator.profile_picture} />
              <div className="min-w-0 flex-1 basis-40">
                <h3 className="font-sans text-base font-bold tracking-normal">
                  <Link to={`/packages/${item.id}`} className="underline underline-offset-4">
                    {item.title}
                  </Link>
                </h3>
                <p className="text-muted">{creatorName(item.creator)}</p>
                <p className="font-bold tabular-nums">{money(item.price, item.currency)}</p>
              </div>
              {item.booking_id && (
                <ButtonLink to={`/bookings/${item.booking_id}`} look="second">
                  {t('toBooking')}
                </ButtonLink>
              )}
              {!over && (
                <Button
                  look="second"
                  onClick={() => {
                    setRefusal(null);
                    setGoing(item);
                  }}
                >
                  {t('removePackage')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {picks && (
        <Suspense fallback={null}>
          <Pick campaign={campaign} taken={packages} onClose={() => setPicks(false)} />
        </Suspense>
      )}
      <Confirm
        open={going !== null}
        onClose={() => setGoing(null)}
        title={t('removeTitle')}
        text={t('takeOutText')}
        yes={t('removePackage')}
        no={t('keep')}
        refusal={refusal}
        onYes={remove}
      />
    </section>
  );
}
