// What a brand changes of itself.

import { linksOut } from '@/lib/profiles';
import { queryClient } from '@/lib/queryClient';
import type { BrandForm } from '@/lib/schemas';
import { api, ok } from '@/services/api';
import { type OwnBrand, ownBrandQuery } from '@/services/queries/brand';
import { type Progress, upload } from '@/services/upload';

const brandIs = (change: Partial<OwnBrand>) =>
  queryClient.setQueryData(ownBrandQuery().queryKey, (before) => before && { ...before, ...change });

export async function changeBrand(form: BrandForm) {
  const { brand } = await ok(
    api.PUT('/brands/profile', {
      body: {
        company_name: form.company_name,
        description: form.description || null,
        industry: form.industry || null,
        location: form.location || null,
        company_size: form.company_size || null,
        website: form.website || null,
        social_links: linksOut(form.social_links),
      },
    }),
  );
  brandIs(brand);
}

export async function sendLogo(picture: Blob, onProgress: Progress) {
  const { logo } = await upload<{ logo: string }>('/brands/profile/logo', picture, onProgress);
  brandIs({ logo });
}
