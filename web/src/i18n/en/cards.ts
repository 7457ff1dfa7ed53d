// What cards of creators and packages say.
export default {
  rated: 'Rated',
  followers_one: '{number} follower',
  followers_other: '{number} followers',
  from: 'From {price}',
} as const;
