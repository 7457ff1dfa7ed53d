import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { review } from '@/test/data';
import { buyer, seller } from '@/test/money';
import { visit } from '@/test/render';
import { answer, refuse } from '@/test/server';

test('anybody reads one that shows', async () => {
  answer('get', '/reviews/{id}', review());
  visit('/reviews/9');
  expect(await screen.findByRole('heading', { level: 1, name: 'What was said of tari_cooks' })).toBeVisible();
  expect(screen.getByText('Sold out in a week.')).toBeVisible();
  expect(screen.getByText('On time', { selector: 'dt' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'To the booking' })).toBeNull();
  expect(screen.queryByLabelText('Your answer')).toBeNull();
});

test('the creator answers it, and may mend that', async () => {
  answer('get', '/reviews/{id}', review({ creator_response: null }));
  visit('/reviews/9', seller);
  const field = await screen.findByLabelText('Your answer');
  await userEvent.click(screen.getByRole('button', { name: 'Answer' }));
  expect(await screen.findByText('This is required.')).toBeVisible();
  await userEvent.type(field, 'Thank you');
  const asked = answer('patch', '/reviews/{id}/response', {
    message: '',
    review: review({ creator_response: 'Thank you' }),
  });
  await userEvent.click(screen.getByRole('button', { name: 'Answer' }));
  expect(await screen.findByText('Thank you', { selector: 'p' })).toBeVisible();
  expect(asked[0]?.body).toEqual({ response: 'Thank you' });
  expect(await screen.findByRole('button', { name: 'Change the answer' })).toBeVisible();
});

test('its two sides find the booking; who wrote a hidden one is told so', async () => {
  answer('get', '/reviews/{id}', review({ visible_at: null }));
  visit('/reviews/9', buyer);
  expect(await screen.findByRole('link', { name: 'To the booking' })).toHaveAttribute('href', '/bookings/4');
  expect(screen.getByText(/It shows once both have written/)).toBeVisible();
});

test('what is hidden is not there', async () => {
  refuse('get', '/reviews/{id}', 404, 'not_found');
  visit('/reviews/9');
  await waitFor(() =>
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('There is no page here'),
  );
});
