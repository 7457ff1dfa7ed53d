import { queryClient } from '@/lib/queryClient';
import { api, ok } from '@/services/api';
import { bookOnce } from '@/services/mutations/bookings';
import { forgetOnce, once } from '@/services/once';
import { bookingKeys } from '@/services/queries/bookings';
import { type CampaignStatus, campaignKeys } from '@/services/queries/campaigns';

export interface CampaignIn {
  title: string;
  description: string;
  objectives: string | null;
  budget: string;
  currency: 'USD' | 'ZWG';
  start_date: string;
  end_date: string;
  category: string;
}

// A campaign that was made.
const MADE = 'campaign';

const changed = () => queryClient.invalidateQueries({ queryKey: campaignKeys.all });

export async function createCampaign(values: CampaignIn, status: 'draft' | 'active') {
  const body = { ...values, status };
  const { campaign } = await once(MADE, body, (key) =>
    ok(api.POST('/campaigns', { body, params: { header: { 'Idempotency-Key': key } } })),
  );
  void changed();
  return campaign;
}

export async function updateCampaign(id: number, body: Partial<CampaignIn> & { status?: CampaignStatus }) {
  const { campaign } = await ok(api.PUT('/campaigns/{id}', { body, params: { path: { id } } }));
  await changed();
  return campaign;
}

export async function deleteCampaign(id: number) {
  await ok(api.DELETE('/campaigns/{id}', { params: { path: { id } } }));
  forgetOnce(MADE);
  queryClient.removeQueries({ queryKey: campaignKeys.detail(id) });
  void queryClient.invalidateQueries({ queryKey: bookingKeys.lists() });
  void queryClient.invalidateQueries({ queryKey: campaignKeys.mines() });
}

// Puts a package into it, which books it; answers the booking's id.
export async function addPackage(id: number, package_id: number) {
  const { made } = await bookOnce(
    `campaign-${id}-${package_id}`,
    package_id,
    (key) =>
      api.POST('/campaigns/{id}/packages', {
        body: { package_id },
        params: { path: { id }, header: { 'Idempotency-Key': key } },
      }),
    ({ booking_id }) => booking_id,
  );
  void queryClient.invalidateQueries({ queryKey: bookingKeys.lists() });
  void changed();
  return made.booking_id;
}

export async function removePackage(id: number, package_id: number) {
  await ok(api.DELETE('/campaigns/{id}/packages/{package_id}', { params: { path: { id, package_id } } }));
  void queryClient.invalidateQueries({ queryKey: bookingKeys.lists() });
  await changed();
}

export async function decide(id: number, application_id: number, status: 'accepted' | 'rejected') {
  const { application } = await ok(
    api.PATCH('/campaigns/{id}/applications/{application_id}', {
      body: { status },
      params: { path: { id, application_id } },
    }),
  );
  void queryClient.invalidateQueries({ queryKey: bookingKeys.lists() });
  await changed();
  return application;
}
