// What the build writes as HTML, and search engines may keep: titles and
// previews of the pages that are open to all, and the calls that the browser may
// begin with.  Phones never load this: pages name themselves.
export interface Public {
  title: string;
  description: string;
  fetches?: readonly string[];
}

export const pages: Record<string, Public> = {
  '/': {
    title: 'BantuBuzz: find, book and pay African creators',
    description:
      'Book Zimbabwean creators for your brand and pay with EcoCash, OneMoney, InnBucks or card. The money is held until you approve the work.',
    fetches: ['/api/creators?sort=reviews&per_page=4', '/api/creators/facets'],
  },
  '/creators': {
    title: 'Creators · BantuBuzz',
    description: 'Find Zimbabwean creators by field, town, platform, price and what brands say of them.',
  },
  '/packages': {
    title: 'Packages · BantuBuzz',
    description: 'Reels, posts, photos and more at fixed prices, from creators across Zimbabwe.',
  },
  '/pricing': {
    title: 'Pricing · BantuBuzz',
    description: 'Brands pay the price they see. Creators give one fee, and only when work is paid.',
    fetches: ['/api/rules'],
  },
  '/about': {
    title: 'About BantuBuzz',
    description: 'We make it safe and simple for brands to work with African creators.',
  },
  '/contact': { title: 'Contact · BantuBuzz', description: 'How to reach BantuBuzz.' },
  '/terms': {
    title: 'Terms · BantuBuzz',
    description: 'What brands, creators and BantuBuzz promise each other.',
  },
  '/privacy': {
    title: 'Privacy · BantuBuzz',
    description: 'What BantuBuzz knows about you, why, and what you can do about it.',
  },
  '/login': { title: 'Log in · BantuBuzz', description: 'Log in to BantuBuzz.' },
  '/register': {
    title: 'Join BantuBuzz',
    description: 'Join as a brand to book creators, or as a creator to sell packages. Both are free.',
  },
  '/register/creator': {
    title: 'Join as a creator · BantuBuzz',
    description: 'Sell your packages at fixed prices and be paid to the cent.',
  },
  '/register/brand': {
    title: 'Join as a brand · BantuBuzz',
    description: 'Book creators and pay only for approved work.',
  },
};
