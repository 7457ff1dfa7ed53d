// Code that did not come is asked for again when the line is back.
export async function come<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (reason) {
    if (navigator.onLine) throw reason;
    await new Promise((back) => addEventListener('online', back, { once: true }));
    return come(load);
  }
}
