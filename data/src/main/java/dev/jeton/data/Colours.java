package dev.jeton.data;

/** How many channels the images of files get. */
public enum Colours {
    /** Grey if the first images looked at are all grey, else colour; a colour image among grey ones is then an error. */
    AUTO,
    /** One channel; colours become their luma (ITU-R BT.601). */
    GREY,
    /** Red, green and blue. */
    RGB
}
