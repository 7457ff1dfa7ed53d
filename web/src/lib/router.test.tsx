import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { NavLink } from '@/components/ui/Link';
import {
  Anchor,
  cameBack,
  Navigate,
  navigate,
  useHash,
  useOver,
  usePathname,
  useSearchParams,
} from './router';

function Where() {
  const [params, setParams] = useSearchParams();
  return (
    <>
      <p role="status">{`${usePathname()} ${params.get('a') ?? '-'} ${useHash()}`}</p>
      <button type="button" onClick={() => setParams((before) => ({ a: `${before.get('a') ?? ''}x` }))}>
        more
      </button>
      <button type="button" onClick={() => setParams({})}>
        none
      </button>
    </>
  );
}

const where = () => screen.getByRole('status').textContent;

beforeEach(() => history.replaceState(null, '', '/here?a=1#there'));

test('what the address says is shown, and follows it', async () => {
  render(<Where />);
  expect(where()).toBe('/here 1 #there');
  navigate('/elsewhere', { state: { told: true } });
  await screen.findByText('/elsewhere -', { exact: false });
  expect(history.state).toEqual({ told: true });
  await userEvent.click(screen.getByRole('button', { name: 'more' }));
  await userEvent.click(screen.getByRole('button', { name: 'more' }));
  expect(location.search).toBe('?a=xx');
  await userEvent.click(screen.getByRole('button', { name: 'none' }));
  expect(location.pathname + location.search).toBe('/elsewhere');
});

test('the browser leads back, and that is known', async () => {
  render(<Where />);
  navigate('/further');
  expect(cameBack()).toBe(false);
  await screen.findByText('/further -', { exact: false });
  history.back();
  await screen.findByText('/here 1', { exact: false });
  expect(cameBack()).toBe(true);
  navigate('/further');
  expect(cameBack()).toBe(false);
});

test('a link goes on inside of the page; the same one again adds nothing to go back to', async () => {
  render(<Anchor to="/next">Next</Anchor>);
  navigate('/start');
  const before = history.length;
  const link = screen.getByRole('link', { name: 'Next' });
  await userEvent.click(link);
  expect(location.pathname).toBe('/next');
  await userEvent.click(link);
  expect(history.length).toBe(before + 1);
});

test('a new tab, a window and what the page wants else are the browser’s', async () => {
  render(
    <>
      <Anchor to="/next">Next</Anchor>
      <Anchor to="/stopped" onClick={(event) => event.preventDefault()}>
        Stopped
      </Anchor>
    </>,
  );
  // jsdom follows no link of its own accord
  const asked: boolean[] = [];
  addEventListener('click', (event) => asked.push(event.defaultPrevented), { once: false });
  const user = userEvent.setup();
  await user.keyboard('{Control>}');
  await user.click(screen.getByRole('link', { name: 'Next' }));
  await user.keyboard('{/Control}');
  await user.click(screen.getByRole('link', { name: 'Stopped' }));
  expect(asked).toEqual([false, true]);
  expect(location.pathname).toBe('/here');
});

test('whoever may not stay leaves no trace to go back to', () => {
  const before = history.length;
  render(<Navigate to="/login" />);
  expect(location.pathname).toBe('/login');
  expect(history.length).toBe(before);
});

test('the navigation says where one is', () => {
  history.replaceState(null, '', '/creator/packages/4');
  const name = (here: boolean) => (here ? 'on' : 'off');
  render(
    <>
      <NavLink to="/creator" className={name}>
        All
      </NavLink>
      <NavLink to="/creator" end className={name}>
        Itself
      </NavLink>
      <NavLink to="/creat" className={name}>
        Other
      </NavLink>
    </>,
  );
  expect(screen.getByRole('link', { name: 'All', current: 'page' }).className).toBe('on');
  for (const other of ['Itself', 'Other'])
    expect(screen.getByRole('link', { name: other, current: false }).className).toBe('off');
});

function Sheet({ name, then }: { name: string; then?: () => void }) {
  const [open, setOpen] = useState(false);
  useOver(open, () => setOpen(false));
  return open ? (
    <button
      type="button"
      onClick={() => {
        setOpen(false);
        then?.();
      }}
    >
      close {name}
    </button>
  ) : (
    <button type="button" onClick={() => setOpen(true)}>
      open {name}
    </button>
  );
}
const button = (name: string) => screen.findByRole('button', { name });
async function openOne() {
  await userEvent.click(await button('open one'));
  await waitFor(() => expect(history.state).toMatchObject({ over: true }));
}

test('Back closes what lies over the page, and stays', async () => {
  history.replaceState({ told: 1 }, '', '/here');
  render(<Sheet name="one" />);
  await openOne();
  expect(history.state).toEqual({ told: 1, over: true });
  history.back();
  await button('open one');
  expect(history.state).toEqual({ told: 1 });
  expect(location.pathname).toBe('/here');
});

test('closed in another way it leaves nothing to go back to', async () => {
  navigate('/first');
  navigate('/second');
  render(<Sheet name="one" />);
  await openOne();
  await userEvent.click(await button('close one'));
  await waitFor(() => expect(history.state).toBeNull());
  history.back();
  await waitFor(() => expect(location.pathname).toBe('/first'));
});

test.each([
  ['what is open', undefined],
  ['what closes', 'close'],
] as const)('who goes on from %s comes back to the page without it', async (_, closes) => {
  navigate('/first');
  navigate('/second');
  render(<Sheet name="one" then={() => navigate('/third')} />);
  await openOne();
  if (closes) await userEvent.click(await button('close one'));
  else navigate('/third');
  await waitFor(() => expect(location.pathname).toBe('/third'));
  await button('open one');
  history.back();
  await waitFor(() => expect(location.pathname).toBe('/second'));
  expect(history.state).toBeNull();
  history.back();
  await waitFor(() => expect(location.pathname).toBe('/first'));
});

test('what is replaced from there is the page', async () => {
  navigate('/first');
  navigate('/gone');
  render(<Sheet name="one" />);
  await openOne();
  navigate('/instead', { replace: true });
  await waitFor(() => expect(location.pathname).toBe('/instead'));
  history.back();
  await waitFor(() => expect(location.pathname).toBe('/first'));
});
