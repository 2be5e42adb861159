package io.tocsin.agent.source.file;

/**
 * Which file it is to the operating system, whatever its name.
 *
 * @param device the file system's number
 * @param inode the file's number within it
 */
record FileKey(long device, long inode) {}
