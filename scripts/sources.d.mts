export declare const BUILT_FROM: string
export declare function sourcesDigest(root: string): string
