import { Users } from 'lucide-react';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { useT } from '@/i18n';
import campaigns from '@/i18n/en/campaigns';
import type { Campaign, CampaignStatus } from '@/services/queries/campaigns';
import { date, money } from '@/utils/format';

export const CAMPAIGN_TONES = {
  draft: 'plain',
  active: 'good',
  paused: 'info',
  completed: 'plain',
  cancelled: 'plain',
} as const satisfies Record<CampaignStatus, string>;

// A campaign, to its own brand.
export function CampaignCard({ campaign }: { campaign: Campaign }) {
  const t = useT(campaigns);
  return (
    <article className="relative flex flex-col gap-2 rounded-card bg-card p-5 hover:bg-sunken">
      <p>
        <Pill tone={CAMPAIGN_TONES[campaign.status]}>{t(campaign.status)}</Pill>
      </p>
      <h3 className="text-xl">
        <Link to={`/brand/campaigns/${campaign.id}`} className="stretched">
          {campaign.title}
        </Link>
      </h3>
      <p className="text-sm text-muted">
        {t('from', { from: date(campaign.start_date), until: date(campaign.end_date) })}
      </p>
      <p className="mt-auto flex flex-wrap justify-between gap-3 pt-2">
        <span className="font-bold tabular-nums">{money(campaign.budget, campaign.currency, false)}</span>
        <span className="flex items-center gap-1.5 text-muted">
          <Users aria-hidden size={18} />
          {t('applicants', { count: campaign.applicants_count })}
        </span>
      </p>
    </article>
  );
}
