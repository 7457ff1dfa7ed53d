import type { components } from '@/services/schema';

export const CURRENCIES = ['USD', 'ZWG'] as const satisfies readonly components['schemas']['Currency'][];
