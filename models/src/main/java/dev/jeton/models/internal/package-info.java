/** What the families share and users do not see. */
package dev.jeton.models.internal;
