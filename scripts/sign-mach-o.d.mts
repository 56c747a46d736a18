export declare function signMachO(file: string): void
