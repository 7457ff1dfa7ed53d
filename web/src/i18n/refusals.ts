// What the worker refuses and a page may have to say: in English by the
// worker's own sentence, in other languages by these words of the contract.
import type { components } from '@/services/schema';

// Said by errors.ts, or only to what is no page of ours.
type Untold =
  | 'timeout'
  | 'unavailable'
  | 'bad_request'
  | 'body_malformed'
  | 'callback_malformed'
  | 'client_id_used'
  | 'error'
  | 'hash_wrong'
  | 'headers_too_large'
  | 'https_required'
  | 'idempotency_key_bad'
  | 'idempotency_other_body'
  | 'index_wrong'
  | 'method_not_allowed'
  | 'method_wrong'
  | 'not_ready'
  | 'origin_refused'
  | 'range_not_satisfiable'
  | 'type_unknown'
  | 'upgrade_required'
  | 'uri_too_long'
  | 'wrong_act';

export type Refusals = Record<
  Exclude<components['schemas']['RefusalCode'], Untold> | 'password_wrong',
  string
>;
