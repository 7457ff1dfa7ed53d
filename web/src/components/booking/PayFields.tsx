import { useQuery } from '@tanstack/react-query';
import { Banknote, CreditCard, type LucideIcon, Smartphone, Wallet } from 'lucide-react';
import { useEffect } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { Field } from '@/components/ui/Field';
import { useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import { isWallet, METHODS } from '@/lib/payment';
import type { Method } from '@/services/queries/bookings';
import { balancesQuery } from '@/services/queries/ledger';
import { money } from '@/utils/format';

const ICONS: Record<Method, LucideIcon> = {
  ecocash: Smartphone,
  onemoney: Smartphone,
  innbucks: Wallet,
  paynow: CreditCard,
  balance: Banknote,
};

interface Props {
  method: string;
  methodInput: UseFormRegisterReturn;
  phoneInput: UseFormRegisterReturn;
  phoneError?: string;
  // What is to be paid.
  amount: number;
  currency: string;
  // While the order is under way the page leaves; what it moves is not asked for.
  paying: boolean;
  // Another way has to be chosen: the balance does not reach.
  onShort: () => void;
}

export function PayFields({
  method,
  methodInput,
  phoneInput,
  phoneError,
  amount,
  currency,
  paying,
  onShort,
}: Props) {
  const t = useT(checkout);
  const { data: owned } = useQuery({ ...balancesQuery(), enabled: !paying });
  const balance = owned?.balances.find((row) => row.currency === currency)?.amount ?? 0;
  const short = Boolean(owned) && method === 'balance' && balance < amount;
  useEffect(() => {
    if (short) onShort();
  });
  const hints: Record<Method, string> = {
    ecocash: t('walletHint'),
    onemoney: t('walletHint'),
    innbucks: t('codeHint'),
    paynow: t('cardHint'),
    balance: t('balanceHint', { amount: money(balance, currency) }),
  };
  const offered = METHODS.filter((one) => one !== 'balance' || balance >= amount);
  return (
    <>
      <fieldset>
        <legend className="text-xl font-bold text-balance">{t('way')}</legend>
        <div className="mt-3 grid gap-2">
          {offered.map((one) => {
            const Icon = ICONS[one];
            return (
              <label
                key={one}
                className="flex min-h-14 items-center gap-3 rounded-input border-2 border-line px-4 py-2 has-checked:border-action has-checked:bg-sunken"
              >
                <input type="radio" value={one} className="size-5 shrink-0 accent-action" {...methodInput} />
                <span className="flex-1">
                  <span className="block font-bold">{t(one)}</span>
                  <span className="block text-sm text-muted">{hints[one]}</span>
                </span>
                <Icon aria-hidden className="shrink-0 text-accent" />
              </label>
            );
          })}
        </div>
      </fieldset>
      {isWallet(method) && (
        <Field
          label={t('phone')}
          hint={t('phoneHint')}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          error={phoneError}
          {...phoneInput}
        />
      )}
    </>
  );
}

// What the button does, in words.
export function usePayWords() {
  const t = useT(checkout);
  return (method: string, amount: string) => {
    switch (method) {
      case 'innbucks':
        return t('getCode');
      case 'paynow':
        return t('goCard');
      case 'balance':
        return t('payBalance', { amount });
      default:
        return t('sendPrompt');
    }
  };
}
