import { DATA_SAVER, savesData } from '@/utils/saver';
import { setStored, useStored } from './useStored';

export const useDataSaver = () => savesData(useStored(DATA_SAVER));

export function setDataSaver(on: boolean) {
  setStored(DATA_SAVER, on ? 'on' : 'off');
  document.documentElement.toggleAttribute('data-saver', on);
}
