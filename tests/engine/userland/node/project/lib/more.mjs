export const more = 1; export const [d1, { d2 }] = [1, { d2: 2 }];
