export const HOSTS = ['server', 'client'] as const;
export type HostName = (typeof HOSTS)[number];

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
