/// Which Cairn this is: in `Hello`, in `cairn version`, in metrics and manuals.
public enum Build {
    public static let version = "0.1.0"
}
