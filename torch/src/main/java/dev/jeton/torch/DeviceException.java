package dev.jeton.torch;

/** Tensors lie on different devices, or a device is not there. */
public final class DeviceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says the operator, the rule and the devices that came. */
    public DeviceException(String message) {
        super(message);
    }
}
