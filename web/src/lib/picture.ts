// Pictures made small before they go over the line: turned upright, cut, and
// as WebP where the browser can write that.
import { ApiError } from '@/services/api';

export const LONGEST = 1600;
const QUALITY = 0.82;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

// Where one looks: how near, and how far to the right and down, each of 0 to 1.
export interface View {
  zoom: number;
  x: number;
  y: number;
}

// The part of a picture that is taken: the largest of that shape (width by
// height; null for the picture's own), made smaller by the zoom.
export function boxOf(width: number, height: number, shape: number | null, view: View): Box {
  const wanted = shape ?? width / height;
  const wide = width / height > wanted;
  const box = {
    width: (wide ? height * wanted : width) / view.zoom,
    height: (wide ? height : width / wanted) / view.zoom,
  };
  return { ...box, x: (width - box.width) * view.x, y: (height - box.height) * view.y };
}

// Never larger than it is.
export function sizeOf({ width, height }: { width: number; height: number }, longest = LONGEST) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

const unreadable = () => new ApiError(422, 'picture_unreadable');

export async function openPicture(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw unreadable();
  }
}

export function drawPicture(
  canvas: HTMLCanvasElement,
  picture: ImageBitmap,
  box: Box,
  longest = LONGEST,
): void {
  const { width, height } = sizeOf(box, longest);
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, box.x, box.y, box.width, box.height, 0, 0, width, height);
}

export function cutPicture(picture: ImageBitmap, box: Box): Promise<Blob> {
  const canvas = document.createElement('canvas');
  drawPicture(canvas, picture, box);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(unreadable())), 'image/webp', QUALITY);
  });
}
