// How somebody last paid here, so that the next form is filled already.  Goes
// when they log out, as drafts do.
import { currentSession } from '@/services/tokens';
import { keep, recall } from '@/utils/storage';
import { METHODS } from './payment';

export interface LastWay {
  payment_method: (typeof METHODS)[number];
  phone: string;
}

const place = () => `bb-draft:${currentSession().userId ?? 0}:way`;

export function lastWay(): LastWay {
  try {
    const { payment_method, phone } = JSON.parse(recall(place()) ?? '') as LastWay;
    if (METHODS.includes(payment_method) && typeof phone === 'string') return { payment_method, phone };
  } catch {
    // The first time.
  }
  return { payment_method: 'ecocash', phone: '' };
}

export const rememberWay = (way: LastWay) => keep(place(), JSON.stringify(way));
