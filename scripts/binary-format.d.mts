export declare function checkFormat(file: string, target: string): void
