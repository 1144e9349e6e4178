import dev.jeton.torch.*;
