/** Training that can be stopped, resumed and watched, and the folders that runs leave behind. */
package dev.jeton.train;
