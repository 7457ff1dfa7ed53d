// Where the words of each area lie, for who reads another language than English.
import type { Catalogue, Texts } from '.';

export const files = import.meta.glob<{ default: Catalogue<Texts> }>('./{sn,nd}/*.ts');
