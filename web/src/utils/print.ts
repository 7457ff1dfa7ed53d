// A slow line is not waited for beyond this.
const PICTURES_MS = 15_000;

// Printing waits for nothing: what comes only when it is seen (components/Photo.tsx)
// comes first.
export async function print() {
  dispatchEvent(new Event('beforeprint'));
  await new Promise(requestAnimationFrame);
  const pictures = [...document.images].map((one) => one.decode().catch(() => {}));
  await Promise.race([Promise.all(pictures), new Promise((late) => setTimeout(late, PICTURES_MS))]);
  window.print();
}
