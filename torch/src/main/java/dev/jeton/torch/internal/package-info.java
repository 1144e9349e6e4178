/** The native corner: finding libtorch, loading it, and its C ABI. Nothing else in Jeton knows a symbol or an address. */
package dev.jeton.torch.internal;
