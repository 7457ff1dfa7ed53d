// Pictures that two people send each other.
import { queryOptions } from '@tanstack/react-query';
import { STALE } from '@/utils/stale';
import { api, ok } from './api';
import type { paths } from './schema';
import { upload } from './upload';

type Kept = paths['/uploads']['post']['responses'][201]['content']['application/json'];

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

// As large as a screen needs, before it costs a megabyte; what this browser
// cannot read goes as it is, for the server to judge.
export async function shrink(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise<Blob | null>((done) => {
      canvas.toBlob(done, 'image/webp', QUALITY);
    });
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

export async function keepPicture(picture: Blob): Promise<string> {
  const { path } = await upload<Kept>('/uploads', picture);
  return path;
}

// What became of a file that was chosen: one that lies there already is not
// sent again.
const small = new WeakMap<Blob, Blob>();
const kept = new WeakMap<Blob, string>();

export async function keepFile(file: Blob): Promise<string> {
  const picture = small.get(file) ?? (await shrink(file));
  small.set(file, picture);
  const path = kept.get(file) ?? (await keepPicture(picture));
  kept.set(file, path);
  return path;
}

export const attachmentQuery = (path: string, size: 's' | 'm' | 'l') =>
  queryOptions({
    queryKey: ['attachments', path, size] as const,
    staleTime: STALE.day,
    queryFn: ({ signal }) =>
      ok(
        api.GET('/uploads/{name}', {
          params: { path: { name: path.split('/').at(-1) ?? '' }, query: { size } },
          parseAs: 'blob',
          signal,
        }),
      ) as Promise<Blob>,
  });
