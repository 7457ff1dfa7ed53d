import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { visit } from '@/test/render';
import { answer, refuse } from '@/test/server';

const rules = { fee_percent: 12.5, answer_hours: 72, payment_hours: 48, review_hours: 1 };

test('the fee is the one of the API', async () => {
  answer('get', '/rules', rules);
  visit('/pricing');
  expect(await screen.findByText('12.5%')).toBeVisible();
  expect(screen.getByText(/12.5% of the price/)).toBeVisible();
  expect(screen.getByText('1 hour')).toBeVisible();
});

test('without the fee the rest still stands', async () => {
  refuse('get', '/rules', 503, 'unavailable');
  visit('/pricing');
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
  expect(screen.getByText('How can a brand pay?')).toBeVisible();
});

test.each([
  ['/about', 'About BantuBuzz'],
  ['/terms', 'Terms'],
  ['/privacy', 'Privacy'],
  ['/contact', 'Contact'],
])('%s can be read', async (path, title) => {
  visit(path);
  expect(await screen.findByRole('heading', { level: 1, name: title })).toBeVisible();
  expect(screen.getAllByRole('heading', { level: 2 }).length).toBeGreaterThan(1);
});
