// The forms, by the rules of their calls; those of paying are in schemas.money.

import * as rules from '@/services/rules';
import type { components } from '@/services/schema';
import { resolver, type Typed } from './check';
import type { AVAILABILITIES, BRAND_NETWORKS, NETWORKS, SIZES } from './profiles';

type Schemas = components['schemas'];
type Links<N extends string> = { social_links: Record<N, string> };

export type Login = Typed<typeof rules.login>;
export const login = resolver<Login>(rules.login);
export type Registration = Typed<typeof rules.registerBrand>;
export const registerCreator = resolver<Registration>(rules.registerCreator);
export const registerBrand = resolver<Registration>(rules.registerBrand);
export const verify = resolver<Typed<typeof rules.verifyCode>>(rules.verifyCode);
export const forgot = resolver<Typed<typeof rules.forgotPassword>>(rules.forgotPassword);
export const reset = resolver<Typed<typeof rules.resetPassword>>(rules.resetPassword);
export const changePassword = resolver<Typed<typeof rules.changePassword>>(rules.changePassword);
export const changeEmail = resolver<Typed<typeof rules.updateOwnProfile>>(rules.updateOwnProfile);
export const confirmEmail = resolver<Typed<typeof rules.confirmEmail>>(rules.confirmEmail);

export type CampaignValues = Typed<typeof rules.createCampaign> & { currency: Schemas['Currency'] };
export const campaign = resolver<CampaignValues>(rules.createCampaign, ({ start_date, end_date }) => ({
  end_date: end_date < start_date && 'dates_wrong',
}));
export type BrandForm = Omit<Typed<typeof rules.updateBrandProfile>, 'social_links'> &
  Links<(typeof BRAND_NETWORKS)[number]> & { company_size: '' | (typeof SIZES)[number] };
export const brandForm = resolver<BrandForm>(rules.updateBrandProfile);

export type PackageForm = Typed<typeof rules.createPackage> & {
  currency: Schemas['Currency'];
  instant: boolean;
};
export const packageForm = resolver<PackageForm>(rules.createPackage);
export type ProfileForm = Omit<
  Typed<typeof rules.updateCreatorProfile>,
  'social_links' | 'categories' | 'languages'
> &
  Links<(typeof NETWORKS)[number]> & {
    categories: string[];
    languages: string[];
    availability_status: (typeof AVAILABILITIES)[number];
  };
export const profileForm = resolver<ProfileForm>(rules.updateCreatorProfile);
export type ApplicationForm = Typed<typeof rules.applyToCampaign>;
export const applicationForm = resolver<ApplicationForm>(rules.applyToCampaign);

export type AskForm = Typed<typeof rules.actOnBooking>;
// `needed`: it does not go without a word.
export const askForm = (needed: boolean) =>
  resolver<AskForm>({ ...rules.actOnBooking, note: { ...rules.actOnBooking.note, required: needed } });
export type ChangeForm = Typed<typeof rules.reviseDeliverable>;
export const changeForm = resolver<ChangeForm>(rules.reviseDeliverable);
export type PieceForm = Typed<typeof rules.addDeliverable>;
// A link, or a file in its place.
export const pieceForm = (file: boolean) =>
  resolver<PieceForm>({
    ...rules.addDeliverable,
    url: { ...rules.addDeliverable.url, required: !file },
  });
export const PARTS = ['communication', 'quality', 'professionalism', 'timeliness'] as const;
export type ReviewForm = Typed<typeof rules.createReview> & { would_recommend: boolean };
export const reviewForm = resolver<ReviewForm>(rules.createReview);
export type AnswerForm = Typed<typeof rules.respondToReview>;
export const answerForm = resolver<AnswerForm>(rules.respondToReview);
