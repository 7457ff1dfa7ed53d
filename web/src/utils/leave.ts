// To a page that is not ours.
export const leave = (url: string) => location.assign(url);
