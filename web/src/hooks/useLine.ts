import { useSyncExternalStore } from 'react';
import { lineState, subscribeLine } from '@/services/line';

export const useLine = () => useSyncExternalStore(subscribeLine, lineState, lineState);
