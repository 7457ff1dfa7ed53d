import { CircleCheck, CircleX, Hourglass } from 'lucide-react';
import { Pill } from '@/components/ui/Pill';
import { useT } from '@/i18n';
import seek from '@/i18n/en/seek';
import type { Application } from '@/services/queries/creator';

const LOOKS = {
  pending: ['info', Hourglass],
  accepted: ['good', CircleCheck],
  rejected: ['plain', CircleX],
} as const;

// How the brand has answered.
export function ApplicationPill({ status }: { status: Application['status'] }) {
  const t = useT(seek);
  const [tone, Icon] = LOOKS[status];
  return (
    <Pill tone={tone} icon={<Icon aria-hidden size={16} />}>
      {t(status)}
    </Pill>
  );
}
