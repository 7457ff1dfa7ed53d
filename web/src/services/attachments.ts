// Pictures that two people send each other.
import { queryOptions } from '@tanstack/react-query';
import { STALE } from '@/utils/stale';
import { api, ok } from './api';

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

export async function upload(picture: Blob): Promise<string> {
  const { path } = await ok(
    api.POST('/uploads', {
      body: picture as never,
      bodySerializer: () => picture as never,
      headers: { 'Content-Type': picture.type },
    }),
  );
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
