// To a page that is not ours.
export const leave = (url: string) => location.assign(url);

// The same page, with nothing left of what this one has in memory.
export const reload = () => location.reload();
