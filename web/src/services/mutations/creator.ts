// What a creator changes of himself; lists that show it are asked for again.
import type { QueryClient } from '@tanstack/react-query';
import { linesOf } from '@/lib/lines';
import { linksOut } from '@/lib/profiles';
import type { ApplicationForm, PackageForm, ProfileForm } from '@/lib/schemas';
import { api, ok } from '@/services/api';
import { forgetOnce, once } from '@/services/once';
import {
  type OwnPackage,
  type OwnProfile,
  ownKeys,
  ownPackageQuery,
  ownProfileQuery,
} from '@/services/queries/creator';
import { type Progress, upload } from '@/services/upload';

// A package that was made.
const MADE = 'package';

async function packagesChanged(client: QueryClient, id?: number) {
  await Promise.all([
    client.invalidateQueries({ queryKey: ownKeys.packages() }),
    client.invalidateQueries({ queryKey: ['packages'] }),
    ...(id ? [client.invalidateQueries({ queryKey: ownKeys.item(id) })] : []),
  ]);
}

const packageBody = ({ price, duration_days, revisions, deliverables, ...rest }: PackageForm) => ({
  ...rest,
  price,
  duration_days: Number(duration_days),
  revisions: Number(revisions),
  deliverables: linesOf(deliverables),
});

export async function createPackage(client: QueryClient, form: PackageForm) {
  const body = packageBody(form);
  await once(MADE, body, (key) =>
    ok(api.POST('/packages', { params: { header: { 'Idempotency-Key': key } }, body })),
  );
  await packagesChanged(client);
}

export async function changePackage(client: QueryClient, id: number, form: PackageForm) {
  await ok(api.PUT('/packages/{id}', { params: { path: { id } }, body: packageBody(form) }));
  await packagesChanged(client, id);
}

// Whether brands see it.
export async function showPackage(client: QueryClient, { id }: OwnPackage, shown: boolean) {
  await ok(api.PUT('/packages/{id}', { params: { path: { id } }, body: { is_active: shown } }));
  await packagesChanged(client, id);
}

export async function deletePackage(client: QueryClient, id: number) {
  await ok(api.DELETE('/packages/{id}', { params: { path: { id } } }));
  forgetOnce(MADE);
  client.removeQueries({ queryKey: ownPackageQuery(id).queryKey });
  await packagesChanged(client);
}

function profileIs(client: QueryClient, change: Partial<OwnProfile>) {
  client.setQueryData(ownProfileQuery().queryKey, (before) => before && { ...before, ...change });
  void client.invalidateQueries({ queryKey: ['creators'] });
}

export async function changeProfile(client: QueryClient, form: ProfileForm) {
  const { creator } = await ok(
    api.PUT('/creators/profile', {
      body: {
        ...form,
        username: form.username || null,
        bio: form.bio || null,
        location: form.location || null,
        portfolio_url: form.portfolio_url || null,
        success_stories: form.success_stories || null,
        follower_count: Number(form.follower_count),
        engagement_rate: Number(form.engagement_rate),
        free_revisions: Number(form.free_revisions),
        revision_fee: form.revision_fee || 0,
        social_links: linksOut(form.social_links),
      },
    }),
  );
  profileIs(client, creator);
}

export async function sendFace(client: QueryClient, picture: Blob, onProgress: Progress) {
  const { profile_picture } = await upload<{ profile_picture: string }>(
    '/creators/profile/picture',
    picture,
    onProgress,
  );
  profileIs(client, { profile_picture });
}

export async function addToGallery(client: QueryClient, picture: Blob, onProgress: Progress) {
  const { gallery } = await upload<{ gallery: string[] }>('/creators/profile/gallery', picture, onProgress);
  profileIs(client, { gallery });
}

// By its place and what is there: after an answer that was lost another one may
// stand at that place.
export async function removeFromGallery(client: QueryClient, index: number, path: string) {
  try {
    const { gallery } = await ok(
      api.DELETE('/creators/profile/gallery/{index}', {
        params: { path: { index: String(index) }, query: { path } },
      }),
    );
    profileIs(client, { gallery });
  } catch (reason) {
    void client.invalidateQueries({ queryKey: ownProfileQuery().queryKey });
    throw reason;
  }
}

export async function applyTo(client: QueryClient, id: number, form: ApplicationForm) {
  const body = {
    proposed_price: form.proposed_price,
    deliverables: linesOf(form.deliverables),
    message: form.message || null,
    ...(form.duration_days ? { duration_days: Number(form.duration_days) } : {}),
  };
  await once(`apply-${id}`, body, (key) =>
    ok(
      api.POST('/campaigns/{id}/apply', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
  );
  await Promise.all(
    [
      ownKeys.applied(id),
      ownKeys.campaign(id),
      [...ownKeys.seek, 'list'],
      [...ownKeys.seek, 'applications'],
    ].map((queryKey) => client.invalidateQueries({ queryKey })),
  );
}
