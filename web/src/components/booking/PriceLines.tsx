import { useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import { classes } from '@/utils/classes';
import { money } from '@/utils/format';

interface Props {
  price: number;
  fee: number;
  payout: number;
  total: number;
  currency: string;
}

// What is charged and where it goes; every figure is the server's.
export function PriceLines({ price, fee, payout, total, currency }: Props) {
  const t = useT(checkout);
  const lines = [
    { label: t('price'), amount: price },
    { label: t('feeIn'), amount: fee, within: true },
    { label: t('gets'), amount: payout, within: true },
  ];
  return (
    <dl className="tabular-nums">
      {lines.map(({ label, amount, within }) => (
        <div
          key={label}
          className={classes(
            'flex justify-between gap-x-4 py-1 max-[18rem]:flex-wrap',
            within && 'ps-4 text-muted',
          )}
        >
          <dt>{label}</dt>
          <dd className="min-[18rem]:whitespace-nowrap">{money(amount, currency)}</dd>
        </div>
      ))}
      <div className="mt-2 flex flex-wrap items-baseline justify-between gap-x-4 border-t-2 border-sunken pt-3">
        <dt className="font-bold">{t('total')}</dt>
        <dd className="font-display text-3xl min-[18rem]:whitespace-nowrap">{money(total, currency)}</dd>
      </div>
    </dl>
  );
}
