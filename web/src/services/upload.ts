// Files with progress, which fetch() cannot tell.
import { ApiError, origin, refreshOnce, refusal } from './api';
import { accessToken } from './tokens';

const SEND_MS = 300_000; // a picture on a bad line

export type Progress = (part: number) => void;

// A file that is sent again, after an answer that was lost, is kept once.
const keys = new WeakMap<Blob, string>();

function keyOf(file: Blob): string {
  const key = keys.get(file) ?? crypto.randomUUID();
  keys.set(file, key);
  return key;
}

function attempt(path: string, file: Blob, onProgress: Progress) {
  return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${origin()}/api${path}`);
    request.timeout = SEND_MS;
    request.setRequestHeader('Authorization', `Bearer ${accessToken()}`);
    request.setRequestHeader('Content-Type', file.type);
    request.setRequestHeader('Idempotency-Key', keyOf(file));
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onProgress(loaded / total);
    };
    request.onload = () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // A proxy's words, then; the status says enough.
      }
      resolve({ status: request.status, body });
    };
    request.onerror = () => reject(new ApiError(0, 'network'));
    request.ontimeout = () => reject(new ApiError(0, 'timeout'));
    request.send(file);
  });
}

const untold: Progress = () => {};

export async function upload<T>(path: string, file: Blob, onProgress = untold): Promise<T> {
  if (accessToken() === null) await refreshOnce(null);
  const token = accessToken();
  let answer = await attempt(path, file, onProgress);
  if (answer.status === 401 && (await refreshOnce(token))) answer = await attempt(path, file, onProgress);
  if (answer.status < 200 || answer.status > 299) throw refusal(answer.status, answer.body);
  return answer.body as T;
}
