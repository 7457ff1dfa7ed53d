import { translated } from '@/i18n';

// Code that did not come is asked for again when the line is back; it comes with
// its words.
export async function come<T>(load: () => Promise<T>): Promise<T> {
  try {
    const code = await load();
    await translated();
    return code;
  } catch (reason) {
    if (navigator.onLine) throw reason;
    await new Promise((back) => addEventListener('online', back, { once: true }));
    return come(load);
  }
}
