// The forms of a booking's work: acts that are asked about, pieces, reviews.
import * as v from 'valibot';
import { amount, filled, short } from './fields';
import { LIMITS as L } from './limits';

// `needed`: it does not go without a word.
export const askForm = (needed: boolean) =>
  v.object({
    note: needed ? filled(L.longText) : short(L.longText),
    creator_share: amount(0, L.moneyMax),
  });
export type AskForm = v.InferOutput<ReturnType<typeof askForm>>;

export const changeForm = v.object({ notes: filled(L.longText) });
export type ChangeForm = v.InferOutput<typeof changeForm>;

export const pieceForm = v.object({
  title: filled(L.title),
  url: short(L.pieceLink),
  description: short(L.pieceText),
});
export type PieceForm = v.InferOutput<typeof pieceForm>;

const STARS = Array.from({ length: L.stars }, (_, at) => String(at + 1));
const stars = v.picklist(STARS, 'required');
const starsOrNone = v.picklist(['', ...STARS]);
export const PARTS = ['communication', 'quality', 'professionalism', 'timeliness'] as const;

export const reviewForm = v.object({
  rating: stars,
  title: short(L.title),
  comment: filled(L.longText),
  communication_rating: starsOrNone,
  quality_rating: starsOrNone,
  professionalism_rating: starsOrNone,
  timeliness_rating: starsOrNone,
  would_recommend: v.boolean(),
});
export type ReviewForm = v.InferOutput<typeof reviewForm>;

export const answerForm = v.object({ response: filled(L.longText) });
export type AnswerForm = v.InferOutput<typeof answerForm>;
