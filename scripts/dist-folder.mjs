/** What `__dirname` stands for in a binary: where its files lie within it, as beside the program in a package. */
export const distFolder = `${import.meta.dirname}/dist`
