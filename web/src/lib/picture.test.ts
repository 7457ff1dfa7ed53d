import { expect, test } from 'vitest';
import { boxOf, sizeOf } from './picture';

test('a square is taken out of the middle of what is wide or tall', () => {
  const middle = { zoom: 1, x: 0.5, y: 0.5 };
  expect(boxOf(400, 200, 1, middle)).toEqual({ x: 100, y: 0, width: 200, height: 200 });
  expect(boxOf(200, 400, 1, middle)).toEqual({ x: 0, y: 100, width: 200, height: 200 });
});

test('a zoom takes less, and never looks past an edge', () => {
  expect(boxOf(400, 200, 1, { zoom: 2, x: 1, y: 1 })).toEqual({ x: 300, y: 100, width: 100, height: 100 });
  expect(boxOf(400, 200, null, { zoom: 4, x: 0, y: 0 })).toEqual({ x: 0, y: 0, width: 100, height: 50 });
});

test('the longest side is 1600 at most, and nothing grows', () => {
  expect(sizeOf({ width: 4000, height: 3000 })).toEqual({ width: 1600, height: 1200 });
  expect(sizeOf({ width: 300, height: 200 })).toEqual({ width: 300, height: 200 });
  expect(sizeOf({ width: 9000, height: 1 })).toEqual({ width: 1600, height: 1 });
});
